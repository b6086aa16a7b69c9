namespace RnnGen.Generator.Cells;

/// <summary>What is wrong with an option of a layer.</summary>
/// <param name="Option">The attribute's property.</param>
internal abstract record OptionProblem(string Option)
{
    /// <summary>Its value is none that it may have.</summary>
    /// <param name="Option">The attribute's property.</param>
    /// <param name="Value">What it is.</param>
    /// <param name="Range">What it may be: <c>a finite number</c>.</param>
    public sealed record OutOfRange(string Option, string Value, string Range) : OptionProblem(Option);

    /// <summary>It means nothing beside the other options.</summary>
    /// <param name="Option">The attribute's property.</param>
    /// <param name="Where">Where that is so: <c>without biases</c>.</param>
    /// <param name="Instead">What to do: <c>leave out Bias = false</c>.</param>
    public sealed record WithoutEffect(string Option, string Where, string Instead) : OptionProblem(Option);
}
