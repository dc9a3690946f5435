-- The conversation that a message is of: its dataset, the sheet it came on, the thread that it bears. Messages without one
-- are the one conversation of their sheet, as an exported chat is.
SELECT dataset, coalesce(sheet, '') AS sheet, coalesce(thread, '') AS thread, receipt, reference
FROM text WHERE record_id = $id AND kind = 'message'
