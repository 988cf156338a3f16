"""The pages and the REST interface.

- Routes: `pages`, `open_page`, `compare_page`, `problem_pages`, `api`, `api_docs`, `health`, `static`.
- Requests: `requests`, `uploads`, `sides`, `presence`, `dependencies` (answers and links), `caching`.
- Pages: `workspace`, `editor`, `repairs`, `lesson`, `pieces`, `openable`, `offers`, `explanations`.
- Templates: `contexts`, `render`.
- Responses: `replies`, `addresses`, `headers`, `errors`, `faults`, `problem_documents`, `api_examples`.
"""
