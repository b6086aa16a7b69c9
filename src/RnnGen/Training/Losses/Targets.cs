namespace RnnGen;

/// <summary>What a batch should have answered: a class a row, or values.</summary>
internal readonly ref struct Targets
{
    internal Targets(ReadOnlySpan<int> classes)
    {
        AreClasses = true;
        Classes = classes;
    }

    internal Targets(ReadOnlySpan<float> values) => Values = values;

    /// <summary>Whether they are classes.</summary>
    internal bool AreClasses { get; }

    /// <summary>One class a row.</summary>
    internal ReadOnlySpan<int> Classes { get; }

    /// <summary>One row of outputs a row.</summary>
    internal ReadOnlySpan<float> Values { get; }

    /// <summary>The targets of some rows.</summary>
    internal Targets Slice(int start, int count, int outputSize) =>
        AreClasses ? new Targets(Classes.Slice(start, count)) : new Targets(Values.Slice(start * outputSize, count * outputSize));
}
