-- Whether this view holds the list of where people stand, and whether its people lie in files, where such a list pays.
SELECT (SELECT count(*) FROM duckdb_tables() WHERE table_name = 'whereabouts') > 0 AS made,
       (SELECT count(*) FROM duckdb_views() WHERE view_name = 'person') > 0 AS in_files
