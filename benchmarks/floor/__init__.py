"""The floors: a Django project with nothing in it but a page, five look-ups and one INSERT."""
