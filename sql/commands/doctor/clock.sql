-- What time is it there, in UTC?
SELECT GETDATE() AS at;
