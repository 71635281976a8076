-- Which models are in the warehouse?
SHOW MODEL ALL;
