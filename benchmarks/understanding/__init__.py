"""What benchmarks/nlu_quality.py runs inside Rasa's environment."""
