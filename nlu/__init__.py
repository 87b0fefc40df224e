"""What runs inside the Rasa process: channel, runner, catalogue entity extractor. Imports nothing of the app."""
