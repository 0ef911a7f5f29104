"""Printed sheets: WeasyPrint lays out templates, and the press prints many versions from parts laid out once."""
