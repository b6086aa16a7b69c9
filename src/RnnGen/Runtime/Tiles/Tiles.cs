using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>Register tiles of 512-bit vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Tiles512 : RowTiles<Simd512, Vector512<float>>;

/// <summary>Register tiles of 256-bit vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Tiles256 : RowTiles<Simd256, Vector256<float>>;

/// <summary>Register tiles of 128-bit vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Tiles128 : RowTiles<Simd128, Vector128<float>>;

/// <summary>The same with multiply-adds that round once on every CPU.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FusedTiles128 : RowTiles<FusedSimd128, Vector128<float>>;
