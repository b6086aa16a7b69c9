using RnnGen.Formats;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Amplifiers from files: a class whose layers are the file's, with the file's weights.</summary>
internal static class ReadyAmps
{
    // As ClassWriter writes them: a class must match the file in every option.
    private static readonly (string Layers, Func<ModelDescription, Amp> Create)[] All =
    [
        ("[Lstm(16, LearnedState = true)] [Dense(1)]", Of<NamLstm1x16>),
        ("[Lstm(8, LearnedState = true)] [Lstm(8, LearnedState = true)] [Dense(1)]", Of<NamLstm2x8>),
        ("[Lstm(8)] [Dense(1)] [Skip]", Of<GuitarMlLstm8>),
        ("[Gru(8)] [Dense(1)] [Skip]", Of<GuitarMlGru8>),
        ("[Lstm(40)] [Dense(1)] [Skip]", Of<GuitarMlLstm40>),
    ];

    /// <summary>The amplifier of a model.</summary>
    /// <param name="model">What was read.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="FormatException">There is no class for it; the message has its layers.</exception>
    public static Amp Create(ModelDescription model, string name)
    {
        (string network, string layers) = Attributes(model);
        if (network != "[Network(1, Training = false)]")
            throw new FormatException($"{name}: expected one input, the guitar, got {network}");
        foreach ((string known, Func<ModelDescription, Amp> create) in All)
            if (known == layers)
                return create(model);

        throw new FormatException(
            $"{name}: there is no class for {layers}, only for {string.Join("; ", All.Select(one => one.Layers))}. `rnngen import` writes one; add it in Amps/");
    }

    private static (string Network, string Layers) Attributes(ModelDescription model)
    {
        string[] lines =
        [
            .. ClassWriter.Write(model, new ClassOptions { Name = "Amp" }).Split('\n')
                .Where(line => line.StartsWith('['))
                .Select(line => line.Split("] // ")[0].TrimEnd(']') + "]"),
        ];
        return (lines[0], string.Join(' ', lines[1..]));
    }

    private static Amp<TNetwork> Of<TNetwork>(ModelDescription model)
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 0);
        foreach (NamedTensor tensor in model.Tensors)
            network.Parameters[tensor.Name].Set(tensor.Values);
        return new Amp<TNetwork>(network);
    }
}
