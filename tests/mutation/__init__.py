"""Mutation testing: does a test notice when a rule of the code is changed?"""
