-- What the manufacturer states is kept without loss. B9.

-- prove: fix 5: 17.5 miles per gallon
-- original: 18
-- rebuilt: 17.5
INSERT INTO vehicles (id, tenant_id, nickname, manufacturer_mpg)
VALUES ('c0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000001', 'Van C', 17.5);
SELECT manufacturer_mpg FROM vehicles WHERE id = 'c0000000-0000-4000-8000-000000000004';

-- prove: B9: coordinates with 13 decimals
-- original: 45.52314411
-- rebuilt: 45.5231441098765
INSERT INTO garages (id, tenant_id, name, lat)
VALUES ('c0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'Garage C', 45.5231441098765);
SELECT lat FROM garages WHERE id = 'c0000000-0000-4000-8000-000000000003';
