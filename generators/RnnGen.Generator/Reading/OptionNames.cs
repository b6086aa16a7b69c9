namespace RnnGen.Generator.Reading;

/// <summary>What was meant by the name of an option that there is not.</summary>
internal static class OptionNames
{
    /// <summary>Names of other frameworks: Keras has one activation where an LSTM has two.</summary>
    private static readonly (string? Kind, string Written, string[] Instead)[] Habits =
    [
        ("Lstm", "Activation", ["CandidateActivation", "CellActivation"]),
        ("Gru", "Activation", ["CandidateActivation"]),
        (null, "RecurrentActivation", ["GateActivation"]),
        (null, "Nonlinearity", ["Activation"]),
        (null, "UseBias", ["Bias"]),
        (null, "ProjSize", ["Projection"]),
    ];

    /// <summary>The options to write instead, each with the same value; none where it is not clear which one was meant.</summary>
    /// <param name="kind">The attribute, without <c>Attribute</c>.</param>
    /// <param name="written">What stands there.</param>
    /// <param name="options">The options that the attribute has.</param>
    public static IReadOnlyList<string> Instead(string kind, string written, IReadOnlyList<string> options)
    {
        foreach (var (of, habit, instead) in Habits)
            if ((of is null || of == kind) && Same(habit, written) && instead.All(options.Contains))
                return instead;
        return Nearest(written, options) is { } nearest ? [nearest] : [];
    }

    /// <summary>The one name that differs from another in its case or in few letters; null where there is none, or several.</summary>
    /// <param name="written">What stands there.</param>
    /// <param name="names">The names there are.</param>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        int limit = Math.Max(1, written.Length / 4);
        var near = names.Select(name => (Name: name, Distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= limit).OrderBy(candidate => candidate.Distance).ToList();
        return near.Count == 1 || (near.Count > 1 && near[0].Distance < near[1].Distance) ? near[0].Name : null;
    }

    private static bool Same(string habit, string written) => habit.Equals(written.Replace("_", ""), StringComparison.OrdinalIgnoreCase);

    /// <summary>Levenshtein's: letters to insert, delete or exchange.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < right.Length; j++)
            {
                int exchanged = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(exchanged, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[right.Length];
    }
}
