# Generated from spec/product_image.yaml by `agora build`; do not edit.
"""What the operations of ProductImage take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generated import attachments
from runtime.calls.files import File
from runtime.fieldtypes import Bounds
from runtime.inputs import UNSET, FileInput, InputField, InputType, Unset

if TYPE_CHECKING:
    from generated.models.product_image import ProductImage


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadImage201:
    """201 of product_image.upload_image."""

    success: Literal[True] = True
    message: Literal["The image was uploaded."] = "The image was uploaded."
    image: ProductImage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteImage200:
    """200 of product_image.delete_image."""

    success: Literal[True] = True
    message: Literal["The image was deleted."] = "The image was deleted."
    deleted_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAllImages200:
    """200 of product_image.delete_all_images."""

    success: Literal[True] = True
    message: Literal["The images were deleted."] = "The images were deleted."
    deleted_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateInput:
    """The body of product_image.update: what is left out stays."""

    alt_text: str | Unset = UNSET
    is_primary: bool | Unset = UNSET
    order: int | Unset = UNSET


UPDATE = InputType(
    name="product_image.update",
    make=UpdateInput,
    fields=(
        InputField(name="alt_text", type="string", limits=Bounds(max_length=200)),
        InputField(name="is_primary", type="boolean"),
        InputField(name="order", type="integer", limits=Bounds(min=0, max=2147483647)),
    ),
    schema={
        "type": "object",
        "properties": {
            "alt_text": {
                "type": "string",
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "description": "What the picture shows",
                "examples": ["The organiser from above"],
            },
            "is_primary": {"type": "boolean", "description": "Whether it stands for the product in lists."},
            "order": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2147483647},
        },
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceInput:
    """The body of product_image.replace."""

    alt_text: str = ""
    is_primary: bool = False
    order: int = 0


REPLACE = InputType(
    name="product_image.replace",
    make=ReplaceInput,
    fields=UPDATE.fields,
    schema={
        "type": "object",
        "properties": {
            "alt_text": {
                "type": "string",
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "default": "",
                "description": "What the picture shows",
                "examples": ["The organiser from above"],
            },
            "is_primary": {
                "type": "boolean",
                "default": False,
                "description": "Whether it stands for the product in lists.",
            },
            "order": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2147483647, "default": 0},
        },
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInput:
    """The body of product_image.create."""

    image_type: Literal["main", "gallery", "thumbnail"] = "gallery"
    alt_text: str = ""
    order: int = 0
    image: File


CREATE = InputType(
    name="product_image.create",
    make=CreateInput,
    fields=(
        InputField(name="image_type", type="enum", limits=Bounds(values=("main", "gallery", "thumbnail"))),
        InputField(name="alt_text", type="string", limits=Bounds(max_length=200)),
        InputField(name="order", type="integer", limits=Bounds(min=0, max=2147483647)),
    ),
    schema={
        "type": "object",
        "properties": {
            "image_type": {
                "type": "string",
                "enum": ["main", "gallery", "thumbnail"],
                "default": "gallery",
                "description": "main makes it the primary one.",
            },
            "alt_text": {
                "type": "string",
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "default": "",
                "description": "What the picture shows",
                "examples": ["The organiser from above"],
            },
            "order": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2147483647, "default": 0},
        },
        "additionalProperties": False,
    },
    files=(FileInput(name="image", attachment=attachments.PRODUCT_IMAGE_S3_KEY, required=True),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadImageInput:
    """The body of product_image.upload_image."""

    image_type: Literal["main", "gallery", "thumbnail"] = "gallery"
    alt_text: str = ""
    order: int = 0
    image: File


UPLOAD_IMAGE = InputType(
    name="product_image.upload_image",
    make=UploadImageInput,
    fields=CREATE.fields,
    schema=CREATE.schema,
    files=(FileInput(name="image", attachment=attachments.PRODUCT_IMAGE_S3_KEY, required=True),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteImageInput:
    """The body of product_image.delete_image."""

    image_key: str


DELETE_IMAGE = InputType(
    name="product_image.delete_image",
    make=DeleteImageInput,
    fields=(InputField(name="image_key", type="string", limits=Bounds(min_length=1, max_length=300), required=True),),
    schema={
        "type": "object",
        "properties": {
            "image_key": {
                "type": "string",
                "minLength": 1,
                "maxLength": 300,
                "pattern": "^[^\\x00]*$",
                "description": "The image's s3_key.",
            }
        },
        "required": ["image_key"],
        "additionalProperties": False,
    },
)
