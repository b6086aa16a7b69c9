namespace RnnGen.Formats.RtNeural;

/// <summary>The activation functions that RTNeural has, by its names.</summary>
internal static class RtNeuralActivations
{
    private static readonly (string Name, Activation Activation)[] All =
    [
        ("", Activation.Linear),
        ("tanh", Activation.Tanh),
        ("relu", Activation.Relu),
        ("sigmoid", Activation.Sigmoid),
        ("softmax", Activation.Softmax),
        ("elu", Activation.Elu),
    ];

    /// <summary>A function by its name; null for one that it does not have.</summary>
    public static Activation? Find(string name)
    {
        int index = Array.FindIndex(All, pair => pair.Name == name);
        return index < 0 ? null : All[index].Activation;
    }

    /// <summary>The name of a function; null for one that it does not have.</summary>
    public static string? NameOf(Activation activation) => All.FirstOrDefault(pair => pair.Activation == activation).Name;

    /// <summary>All names, for a message.</summary>
    public static string Names => string.Join(", ", All.Select(pair => pair.Name).Where(name => name.Length > 0));
}
