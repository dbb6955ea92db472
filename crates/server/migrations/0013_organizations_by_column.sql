-- The list of organizations sorts by each of its columns, page by page.
CREATE INDEX organization_by_kind ON organization (company_id, kind, id);
-- As `sorted::folded` writes it: umlauts at their base letter.
CREATE INDEX organization_by_city ON organization (
  company_id, (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(city), 'Ä', 'a'), 'ä', 'a'), 'Ö', 'o'), 'ö', 'o'), 'Ü', 'u'), 'ü', 'u'), 'ß', 'ss')), id
);
CREATE INDEX organization_by_active ON organization (company_id, (1 - active), id);
