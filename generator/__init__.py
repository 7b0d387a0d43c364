"""The compiler: resource specs in, an application as files out."""
