"""The site: staging, MkDocs, and putting the languages together. The only package that knows MkDocs."""
