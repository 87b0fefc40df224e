"""An optional sequence model of baskets: fitted where PyTorch is (the extra `deep`), served without it."""

from recommender.deep.config import DeepConfig, NetworkConfig, TrainingConfig
from recommender.deep.model import SequenceModel
from recommender.deep.training import TorchMissing

__all__ = ["DeepConfig", "NetworkConfig", "SequenceModel", "TorchMissing", "TrainingConfig"]
