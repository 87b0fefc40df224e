"""What runs inside the Rasa process: channel, runner, catalogue entity extractor. Independent of the app."""
