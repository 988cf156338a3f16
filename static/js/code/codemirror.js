// The only file that names the version; scripts/codemirror builds it.

export * from "../../vendor/codemirror-6.43.15/codemirror.js";
