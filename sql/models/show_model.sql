-- How far is a model's training?
SHOW MODEL {model};
