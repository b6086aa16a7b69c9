namespace RnnGen.Training;

/// <summary>What the columns of target values are, where a row holds the targets of several outputs.</summary>
/// <param name="Columns">Those of each output that has targets.</param>
/// <param name="Width">Floats per row.</param>
internal sealed record OutputColumns(IReadOnlyList<OutputColumn> Columns, int Width)
{
    /// <summary>The columns of an output; null where it has no targets.</summary>
    public OutputColumn? Find(NetworkOutput output)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Output == output)
                return Columns[i];
        }

        return null;
    }
}

/// <summary>Where in a row the targets of an output lie.</summary>
/// <param name="Output">The output.</param>
/// <param name="HasClasses">Whether there is one float, the number of a class; otherwise there are as many as the output has values.</param>
/// <param name="First">The first of them.</param>
/// <param name="Weight">The float that says how much the output counts in this row, beside the row's own weight; null where it counts like the row.</param>
internal sealed record OutputColumn(NetworkOutput Output, bool HasClasses, int First, int? Weight);
