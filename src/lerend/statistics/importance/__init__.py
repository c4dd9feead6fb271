"""How the variance of an outcome that factors explain together is divided over them."""
