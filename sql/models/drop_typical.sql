-- A version's typical values go with its model.
DROP TABLE IF EXISTS {typical};
