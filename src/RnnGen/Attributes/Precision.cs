namespace RnnGen;

/// <summary>
/// How a network keeps the weights that <c>Step</c> and <c>Run</c> multiply. Parameters, files and training are of 32-bit floats whatever it says: the reduced
/// weights are a copy beside them, renewed when they have changed. <see cref="NetworkComparison"/> tells what the reduction costs in the outputs.
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
