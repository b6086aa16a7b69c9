namespace RnnGen.Generator.Planning;

/// <summary>How a matrix is kept for inference; the names are those of the runtime's <c>Precision</c>.</summary>
internal enum WeightFormat
{
    /// <summary>A column a word.</summary>
    Float32,

    /// <summary>Two columns per word.</summary>
    BFloat16,

    /// <summary>Four columns per word, and for each unit a scale.</summary>
    Int8,
}
