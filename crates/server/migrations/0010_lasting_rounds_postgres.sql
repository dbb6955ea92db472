-- PostgreSQL never uses a number again: nothing to do.
SELECT 1;
