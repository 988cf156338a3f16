"""Pages and the REST interface: routes that read, do and show."""
