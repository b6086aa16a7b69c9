namespace RnnGen.Formats;

/// <summary>A sequence between two layers: a row per step, null where the step is masked.</summary>
/// <param name="Steps">The rows.</param>
/// <param name="Last">What <see cref="LastStepAttribute"/> keeps: of a recurrent layer, in each direction the step that it ends with; else the last unmasked row.</param>
internal sealed record Rows(double[]?[] Steps, double[] Last)
{
    public Rows(double[]?[] steps)
        : this(steps, steps.Last(step => step is not null)!)
    {
    }

    /// <summary>Several side by side.</summary>
    public static Rows Joined(IReadOnlyList<Rows> several) => several.Count == 1 ? several[0] : Of(several, rows => [.. rows.SelectMany(row => row)]);

    /// <summary>One row of several at each step.</summary>
    public static Rows Of(IReadOnlyList<Rows> several, Func<IReadOnlyList<double[]>, double[]> one) =>
        new([.. several[0].Steps.Select((step, index) => step is null ? null : one([.. several.Select(rows => rows.Steps[index]!)]))]);

    /// <summary>The rows of unmasked steps through a function.</summary>
    public Rows Map(Func<double[], double[]> function) => new([.. Steps.Select(step => step is null ? null : function(step))]);
}
