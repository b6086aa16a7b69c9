namespace RnnGen.Runtime;

/// <summary>
/// The texts in which a file says what its network computes: <c>Network(InputSize = 20); Lstm(Units = 64); LastStep</c>. The generator writes them into
/// a network's layout; they are compared as they are. The generator compiles this file too.
/// </summary>
internal static class ArchitectureText
{
    /// <summary>
    /// Where the metadata of a file of weights has what inference computes. A text of another form gets a name of its own, so that it meets none of these.
    /// </summary>
    public const string Key = "rnngen.architecture.1";

    /// <summary>Where the metadata of a checkpoint has what training computes.</summary>
    public const string TrainingKey = "rnngen.training_architecture.1";

    /// <summary>Between two layers.</summary>
    public const string Separator = "; ";

    /// <summary>The first layer in which two architectures differ, in each; null where they are the same.</summary>
    public static (string Expected, string Got)? Difference(string expected, string got)
    {
        if (expected == got)
            return null;
        string[] expectedLayers = Layers(expected), gotLayers = Layers(got);
        int index = 0;
        while (index < expectedLayers.Length && index < gotLayers.Length && expectedLayers[index] == gotLayers[index])
            index++;
        return (Layer(expectedLayers, index), Layer(gotLayers, index));
    }

    private static string[] Layers(string architecture) => architecture.Split([Separator], StringSplitOptions.None);

    private static string Layer(string[] layers, int index) => index < layers.Length ? layers[index] : "no further layer";
}
