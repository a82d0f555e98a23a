-- Purpose: the rules of every row that becomes an event, for one such row.
-- Columns: one for each rule: NULL where the row keeps it, else why not (code: reason).
-- The row stands in the query around it: staged, its date and miles (miles) under these names.
SELECT
    CASE
        WHEN staged.date < DATE '1900-01-01' OR NOT isfinite(staged.date)
            THEN 'date_range: the date must lie after 1899 and be finite, found ' || staged.date
    END AS date_is_plausible,
    CASE
        WHEN staged.date > (staged.created_at AT TIME ZONE 'UTC')::date + 30
            THEN 'late_date: the date lies more than 30 days after the row was written: ' || staged.date
    END AS date_is_not_far_ahead,
    CASE
        WHEN staged.miles < 0 THEN 'negative_miles: miles must not be negative, found ' || staged.miles
    END AS miles_are_not_negative
