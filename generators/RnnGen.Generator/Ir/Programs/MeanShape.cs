namespace RnnGen.Generator.Ir.Programs;

/// <summary>Which elements of a row a mean is made of, and which elements of another row it becomes.</summary>
/// <param name="From">The first element that counts.</param>
/// <param name="Count">How many count.</param>
/// <param name="To">The first element that it becomes.</param>
/// <param name="Units">How many it becomes.</param>
/// <param name="Divisor">What the sum is divided by.</param>
internal sealed record MeanShape(Size From, Size Count, Size To, Size Units, Size Divisor)
{
    /// <summary>Whether it is the largest of them instead.</summary>
    public bool IsMaximum { get; init; }

    /// <summary>Whether it is the mean of all elements, in as many.</summary>
    public bool IsWhole => From.Value == 0 && To.Value == 0 && Count.Value == Units.Value && Count.Value == Divisor.Value;
}
