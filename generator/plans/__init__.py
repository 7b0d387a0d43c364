"""Model → what each generated file says, as frozen values."""
