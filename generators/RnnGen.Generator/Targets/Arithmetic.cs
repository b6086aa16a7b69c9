namespace RnnGen.Generator.Targets;

/// <summary>The words by which kernels compute: where the runtime has functions of its own for what a CPU may or may not do at once.</summary>
/// <param name="Functions">The runtime's class that has the functions of equations.</param>
/// <param name="MultiplyAdds">The class that multiplies and adds; null for the type of the vectors.</param>
/// <param name="Factors">The class that multiplies vectors by one value and adds, and puts that value into a vector; null for the type of the vectors.</param>
internal sealed record Arithmetic(string Functions, string? MultiplyAdds, string? Factors)
{
    private const string VectorMath = "VectorMath", FusedMath = "FusedMath";

    /// <summary>For CPUs that fuse, and multiply with the same value in all lanes.</summary>
    public static Arithmetic Fusing { get; } = new(VectorMath, null, null);

    /// <summary>For any CPU: those that cannot fuse round twice, those that multiply with one lane do.</summary>
    public static Arithmetic Portable { get; } = new(VectorMath, null, VectorMath);

    /// <summary>For any CPU, with multiply-adds that round once at whatever cost.</summary>
    public static Arithmetic Deterministic { get; } = new(FusedMath, FusedMath, FusedMath);

    /// <summary>left · right + addend.</summary>
    /// <param name="vector">The type of the vectors.</param>
    /// <param name="factors">left, right.</param>
    /// <param name="addend">What is added.</param>
    public string MultiplyAdd(string vector, string factors, string addend) =>
        $"{(MultiplyAdds is null ? $"{vector}.MultiplyAddEstimate" : $"{MultiplyAdds}.MultiplyAdd")}({factors}, {addend})";

    /// <summary>A value that vectors are to be multiplied with by <see cref="MultiplyAddFactor"/>.</summary>
    public string Factor(string vector, string value) => Factors is null ? $"{vector}.Create({value})" : $"VectorMath.Factor({value})";

    /// <summary>factor · vector + addend.</summary>
    /// <param name="vector">The type of the vectors.</param>
    /// <param name="factor">Of <see cref="Factor"/>.</param>
    /// <param name="multiplied">The vector.</param>
    /// <param name="addend">What is added.</param>
    public string MultiplyAddFactor(string vector, string factor, string multiplied, string addend) =>
        Factors is null ? MultiplyAdd(vector, $"{factor}, {multiplied}", addend) : $"{Factors}.MultiplyAddFactor({factor}, {multiplied}, {addend})";

    /// <summary>The runtime's class of products whose columns share vectors.</summary>
    /// <param name="shared">Floats per vector that they share.</param>
    /// <param name="lanes">Floats of a column.</param>
    public string NarrowTiles(int shared, int lanes) => (MultiplyAdds is null ? "" : "Fused") + "Narrow" + Bits(shared) + "Of" + Bits(lanes);

    /// <summary>The runtime's class of register tiles.</summary>
    /// <param name="lanes">Floats per vector.</param>
    public string Tiles(int lanes) => lanes switch
    {
        16 => "Tiles512",
        8 => "Tiles256",
        _ => MultiplyAdds is null ? "Tiles128" : "FusedTiles128",
    };

    private static string Bits(int lanes) => Ir.Names.Number(lanes * 8 * sizeof(float));
}
