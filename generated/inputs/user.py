# Generated from spec/user.yaml by `agora build`; do not edit.
"""What the operations of User take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generated import attachments
from runtime.calls.files import File
from runtime.fieldtypes import Bounds
from runtime.inputs import UNSET, FileInput, InputField, InputType, Unset

if TYPE_CHECKING:
    from generated.models.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The object Tokens."""

    access: str
    refresh: str
    expires_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadProfilePicture201:
    """201 of user.upload_profile_picture."""

    success: Literal[True] = True
    message: Literal["The profile picture was uploaded."] = "The profile picture was uploaded."
    profile_picture: User


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProfilePicture201:
    """201 of user.update_profile_picture."""

    success: Literal[True] = True
    message: Literal["The profile picture was uploaded."] = "The profile picture was uploaded."
    profile_picture: User


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteProfilePicture200:
    """200 of user.delete_profile_picture."""

    success: Literal[True] = True
    message: Literal["The profile picture was deleted."] = "The profile picture was deleted."


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterInput:
    """The body of user.register."""

    username: str
    email: str
    password: str
    first_name: str = ""
    last_name: str = ""
    role: Literal["buyer", "seller"] = "buyer"


REGISTER = InputType(
    name="user.register",
    make=RegisterInput,
    fields=(
        InputField(
            name="username",
            type="string",
            limits=Bounds(min_length=3, max_length=150, pattern="[A-Za-z0-9@.+_-]+"),
            required=True,
        ),
        InputField(name="email", type="email", required=True),
        InputField(name="password", type="password", limits=Bounds(min_length=10, max_length=200), required=True),
        InputField(name="first_name", type="string", limits=Bounds(max_length=150, trim=True)),
        InputField(name="last_name", type="string", limits=Bounds(max_length=150, trim=True)),
        InputField(name="role", type="enum", limits=Bounds(values=("buyer", "seller"))),
    ),
    schema={
        "type": "object",
        "properties": {
            "username": {
                "type": "string",
                "minLength": 3,
                "maxLength": 150,
                "pattern": "^(?:[A-Za-z0-9@.+_-]+)$",
                "examples": ["marta.k"],
            },
            "email": {
                "type": "string",
                "format": "email",
                "maxLength": 254,
                "pattern": (
                    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-"
                    "9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"
                ),
                "examples": ["marta@example.org"],
            },
            "password": {
                "type": "string",
                "minLength": 10,
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "examples": ["correct-horse-battery"],
            },
            "first_name": {
                "type": "string",
                "maxLength": 150,
                "pattern": "^[^\\x00]*$",
                "default": "",
                "examples": ["Marta"],
            },
            "last_name": {
                "type": "string",
                "maxLength": 150,
                "pattern": "^[^\\x00]*$",
                "default": "",
                "examples": ["Kowalska"],
            },
            "role": {"type": "string", "enum": ["buyer", "seller"], "default": "buyer"},
        },
        "required": ["username", "email", "password"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenInput:
    """The body of user.token."""

    username: str
    password: str


TOKEN = InputType(
    name="user.token",
    make=TokenInput,
    fields=(
        InputField(name="username", type="string", limits=Bounds(min_length=1, max_length=320), required=True),
        InputField(name="password", type="string", limits=Bounds(min_length=1, max_length=200), required=True),
    ),
    schema={
        "type": "object",
        "properties": {
            "username": {
                "type": "string",
                "minLength": 1,
                "maxLength": 320,
                "pattern": "^[^\\x00]*$",
                "description": "User name or email address.",
                "examples": ["alice"],
            },
            "password": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "examples": ["demo-password-1"],
            },
        },
        "required": ["username", "password"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenInput:
    """The body of user.refresh_token."""

    refresh: str


REFRESH_TOKEN = InputType(
    name="user.refresh_token",
    make=RefreshTokenInput,
    fields=(InputField(name="refresh", type="string", limits=Bounds(min_length=1, max_length=500), required=True),),
    schema={
        "type": "object",
        "properties": {"refresh": {"type": "string", "minLength": 1, "maxLength": 500, "pattern": "^[^\\x00]*$"}},
        "required": ["refresh"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateMeInput:
    """The body of user.update_me: what is left out stays."""

    email: str | Unset = UNSET
    first_name: str | Unset = UNSET
    last_name: str | Unset = UNSET


UPDATE_ME = InputType(
    name="user.update_me",
    make=UpdateMeInput,
    fields=(
        InputField(name="email", type="email", required=True),
        InputField(name="first_name", type="string", limits=Bounds(max_length=150, trim=True)),
        InputField(name="last_name", type="string", limits=Bounds(max_length=150, trim=True)),
    ),
    schema={
        "type": "object",
        "properties": {
            "email": {
                "type": "string",
                "format": "email",
                "maxLength": 254,
                "pattern": (
                    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-"
                    "9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"
                ),
                "examples": ["marta@example.org"],
            },
            "first_name": {"type": "string", "maxLength": 150, "pattern": "^[^\\x00]*$", "examples": ["Marta"]},
            "last_name": {"type": "string", "maxLength": 150, "pattern": "^[^\\x00]*$", "examples": ["Kowalska"]},
        },
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadProfilePictureInput:
    """The body of user.upload_profile_picture."""

    profile_picture: File | None = None
    image: File | None = None


UPLOAD_PROFILE_PICTURE = InputType(
    name="user.upload_profile_picture",
    make=UploadProfilePictureInput,
    fields=(),
    schema={"type": "object", "properties": {}, "additionalProperties": False},
    files=(
        FileInput(name="profile_picture", attachment=attachments.USER_AVATAR, required=True),
        FileInput(name="image", attachment=attachments.USER_AVATAR, required=True),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProfilePictureInput:
    """The body of user.update_profile_picture."""

    profile_picture: File | None = None
    image: File | None = None


UPDATE_PROFILE_PICTURE = InputType(
    name="user.update_profile_picture",
    make=UpdateProfilePictureInput,
    fields=UPLOAD_PROFILE_PICTURE.fields,
    schema=UPLOAD_PROFILE_PICTURE.schema,
    files=(
        FileInput(name="profile_picture", attachment=attachments.USER_AVATAR, required=True),
        FileInput(name="image", attachment=attachments.USER_AVATAR, required=True),
    ),
)
