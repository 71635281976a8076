-- How long may a statement of this session take, in milliseconds, waiting in queues included?
SET statement_timeout TO {milliseconds};
