-- A payload is checked by type, and each refusal has the check's own message. D7.

-- prove: D7: a fuel event whose total_amount is JSON null
-- original: INSERT 0 1
-- rebuilt: 23514 Event refused: a fuel event needs a positive total_amount or gallons
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'fuel', '2025-09-01', '{"total_amount": null}');

-- prove: D7: a fuel event with negative gallons
-- original: INSERT 0 1
-- rebuilt: 23514 Event refused: gallons must not be negative
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'fuel', '2025-09-01', '{"gallons": -5}');

-- prove: D7: a fuel event whose total_amount is NaN
-- original: INSERT 0 1
-- rebuilt: 23514 Event refused: total_amount must be a JSON number, found string
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'fuel', '2025-09-01', '{"total_amount": "NaN"}');

-- prove: D7: a fuel event with a decimal comma
-- original: 22P02
-- rebuilt: 23514 Event refused: total_amount must be a JSON number, found string
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'fuel', '2025-09-01', '{"total_amount": "12,50"}');

-- prove: D7: a fuel event whose payload is a list
-- original: INSERT 0 1
-- rebuilt: 23514 Event refused: payload must be a JSON object, found array
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'fuel', '2025-09-01', '[]');

-- prove: D7: a maintenance event whose kind is JSON null
-- original: INSERT 0 1
-- rebuilt: 23514 Event refused: a maintenance event needs kind or service_type, not blank
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'maintenance', '2025-09-01', '{"kind": null}');

-- prove: D7: a document event whose doc_type is empty
-- original: INSERT 0 1
-- rebuilt: 23514 Event refused: a document event needs doc_type, not blank
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'document', '2025-09-01', '{"doc_type": ""}');

-- prove: D7: an event of an unknown type
-- original: 20000
-- rebuilt: 23514 Event refused: type must be odometer, maintenance, fuel or document, found 'repair'
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'repair', '2025-09-01', '{}');
