"""The pages about the model: its quality, its versions, trainings."""
