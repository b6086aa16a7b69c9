namespace RnnGen.Generator.Targets;

/// <summary>The words by which kernels compute: the runtime's class of functions, and how to multiply and add.</summary>
internal sealed class Arithmetic
{
    private readonly string? _multiplyAdd;

    private Arithmetic(string functions, string? multiplyAdd)
    {
        Functions = functions;
        _multiplyAdd = multiplyAdd;
    }

    /// <summary>What the CPU does in one instruction, or in two where it has no fused multiply-add.</summary>
    public static Arithmetic Native { get; } = new("VectorMath", null);

    /// <summary>Multiply-adds that round once on every CPU, at whatever cost.</summary>
    public static Arithmetic Fused { get; } = new("FusedMath", "FusedMath.MultiplyAdd");

    /// <summary>The class that has the functions of equations.</summary>
    public string Functions { get; }

    /// <summary>left · right + addend.</summary>
    /// <param name="vector">The type of the vectors.</param>
    /// <param name="factors">left, right.</param>
    /// <param name="addend">What is added.</param>
    public string MultiplyAdd(string vector, string factors, string addend) => $"{_multiplyAdd ?? vector + ".MultiplyAddEstimate"}({factors}, {addend})";
}
