namespace RnnGen.Runtime;

/// <summary>Draws a network's first weights.</summary>
internal static class Initializer
{
    /// <summary>Each parameter evenly from [−bound, bound), value by value in canonical order: what a seed gives does not depend on the packing,
    /// nor do the other values on which gates have a first value of their own.</summary>
    public static void Fill(ParameterCollection parameters, long seed)
    {
        var random = new Xoshiro256(seed);
        foreach (Parameter parameter in parameters)
        {
            var values = new float[parameter.Count];
            for (int i = 0; i < values.Length; i++)
            {
                // One rounding, and + 0 makes of the −0 of a zero bound a plain 0.
                values[i] = random.NextSymmetric() * parameter.InitialBound + 0f;
            }

            parameter.FillWithInitialValues(values);

            parameter.Set(values);
        }
    }
}
