-- The list of organizations sorts by each of its columns, page by page.
CREATE INDEX organization_by_kind ON organization (company_id, kind, id);
CREATE INDEX organization_by_city ON organization (company_id, LOWER(city), id);
CREATE INDEX organization_by_active ON organization (company_id, (1 - active), id);
