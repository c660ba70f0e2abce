-- What each night saw and how it ended.
SELECT
    night_id, started_at, finished_at, state, reason, received, accepted, quarantined, rejected,
    content_hash
FROM main.night
