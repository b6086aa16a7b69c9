namespace RnnGen;

/// <summary>
/// How a network stores the weights that <c>Step</c> and <c>Run</c> multiply. Parameters, files and training always use 32-bit floats: the reduced
/// weights are a copy of them, remade when they have changed. <see cref="NetworkComparison"/> measures what the reduction costs in the outputs.
/// </summary>
public enum Precision
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>The upper half of 32-bit floats: 8 bits of precision. Products and sums are of 32-bit floats.</summary>
    BFloat16,

    /// <summary>
    /// 8-bit integers with a scale for each row of a matrix. What layers compute is quantised to integers of 16 bits at each step, with a scale for each
    /// vector; sums are exact. The weights that multiply the network's input are kept as <see cref="BFloat16"/>.
    /// </summary>
    Int8,
}
