"""Kinds that have no lane, each with the reason why nothing is said of their timesteps."""

from collections.abc import Mapping

SAMPLES = "Samples are mixed, or counted: what leaves has no axis that is time."
DATA = "How much leaves, or where it goes, is decided by the numbers."
FACTORS = "Of a matrix's factors, which step reads which is no matter of shapes."
KERNEL = "The kernel would be a tensor with samples of its own."
PAIR = "It reads a pair of tensors as one argument, which cannot be given."
LINE = "It takes vectors alone, without samples."
FIRST = "The first tensor holds labels or limits; the timesteps are those of another."
TWO_AXES = "Two axes become one, or turn into each other: no axis goes on."
ARRAY = "Keras asks its limits for a shape, and a list of them has none."
SHAPE = "Keras says one shape of it, and computes another."
REALS = "Of real numbers it tells nothing, and the type is not known here."
IMAGES = "It works on images, or changes them at random while training."
PICTURES = "It works on images, of which no axis is time."
ROWS = "It prepares whole rows of data."
CELL = "It is one timestep: the layer around it has the lane."

UNTOLD: Mapping[str, str] = {
    **{
        f"ops.{name}": reason
        for reason, names in {
            SAMPLES: "allclose outer psnr ravel segment_max segment_min segment_prod segment_sum vdot",
            DATA: "bincount histogram nonzero scatter scatter_update unique view",
            FACTORS: "cholesky cholesky_inverse eig eigh lstsq lu_factor matrix_rank qr slogdet "
            "solve_triangular svd",
            KERNEL: "batch_normalization conv conv_transpose depthwise_conv separable_conv",
            PAIR: "fft fft2 ifft2 irfft istft",
            LINE: "corrcoef correlate kron meshgrid vander",
            FIRST: "ctc_decode ctc_loss in_top_k isin searchsorted sparse_categorical_crossentropy",
            TWO_AXES: "diag diagflat diagonal fold rearrange rot90 trace unfold",
            REALS: "imag isreal",
            ARRAY: "digitize",
            SHAPE: "adaptive_average_pool adaptive_max_pool",
            PICTURES: "image.affine_transform image.crop_images image.elastic_transform "
            "image.extract_patches image.extract_patches_3d image.gaussian_blur image.hsv_to_rgb "
            "image.map_coordinates image.pad_images image.perspective_transform image.resize "
            "image.rgb_to_grayscale image.rgb_to_hsv image.scale_and_translate image.sobel_edges image.ssim",
        }.items()
        for name in names.split()
    },
}
"""Functions of keras.ops."""

UNTOLD_CATEGORIES: Mapping[str, str] = {
    "cell": CELL,
    "image": IMAGES,
    "preprocessing": ROWS,
}
"""Categories of layers."""
