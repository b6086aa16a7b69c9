namespace RnnGen.Formats.Torch;

/// <summary>
/// Reads a <c>state_dict</c> of PyTorch, named tensors without a word on what is computed with them. Names and shapes say what the modules are; what they do not say
/// becomes a warning, which stands in the generated class.
/// </summary>
internal static class StateDict
{
    /// <summary>The network.</summary>
    /// <param name="source">What the file is, for display.</param>
    /// <param name="tensors">Its tensors, in the order of the file.</param>
    /// <param name="isInOrder">Whether that is the order of the model.</param>
    /// <param name="notes">What else is to be said of the file.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="FormatException">The modules fit in no order, or in several.</exception>
    /// <exception cref="UnsupportedLayerException">A module is nothing that RnnGen has.</exception>
    public static ModelDescription Read(string source, IReadOnlyList<StateTensor> tensors, bool isInOrder, IReadOnlyList<string> notes, ImportOptions options)
    {
        IReadOnlyList<StateModule> modules = StateModule.Of(tensors);
        if (modules.Count == 0)
            throw new FormatException("expected tensors of modules, got none");
        IReadOnlyList<ModuleReading> chain = ModuleChain.Find(modules, isInOrder, options.Subgraph);
        var builder = new ModelBuilder(source, chain[0].Inputs, chain[0].ReadsClasses, options);
        foreach (ModuleReading reading in chain)
            for (int layer = 0; layer < reading.Layers.Count; layer++)
                builder.Add(
                    reading.Layers[layer].Layer,
                    $"PyTorch's {reading.Kind} {reading.Module.Title}{(reading.Layers.Count > 1 ? $", layer {layer}" : "")}",
                    reading.Layers[layer].Parameters());
        foreach (string note in notes)
            builder.Note(note);
        if (chain.Count < modules.Count)
            builder.Note($"{modules.Count - chain.Count} other modules of the file were left out.");
        foreach (string warning in Unknown(chain))
            builder.Warn(warning);
        return builder.Build();
    }

    /// <summary>A note on tensors of integers, which are no weights; none on the count of batches that each BatchNorm has.</summary>
    public static IReadOnlyList<string> NoteIntegers(IEnumerable<string> names)
    {
        string[] others = [.. names.Where(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))];
        return others.Length == 0 ? [] : [$"Tensors of integers were skipped: {Text.Shorten(string.Join(", ", others.Take(8)), 200)}."];
    }

    /// <summary>What a state dict does not say of these modules.</summary>
    private static IEnumerable<string> Unknown(IReadOnlyList<ModuleReading> chain)
    {
        yield return "A state dict holds only weights, not how they are used: no function, pooling, sum or dropout is written between its modules.";
        if (chain.Count > 1)
            yield return $"Its modules are taken in this order, in which their sizes fit: {string.Join(", ", chain.Select(reading => reading.Module.Title))}.";
        if (Of("Linear", "Conv1d", "BatchNorm1d") is { } linear)
            yield return $"It does not say which activation follows {linear}: none is written.";
        if (Of("RNN", "RNNCell") is { } plain)
            yield return $"It does not say whether {plain} has tanh or ReLU: tanh is written.";
        if (chain.Any(reading => reading.Layers[0].Layer is RecurrentLayerAttribute))
            yield return "It does not say whether the network outputs every step or only the last one ([LastStep]): every step is written.";
        if (Of("LayerNorm", "BatchNorm1d") is { } norm)
            yield return $"It does not say the ε of {norm}: PyTorch's default is written, 1e-5.";
        if (Of("LayerNorm") is { } layer)
            yield return $"A GroupNorm has the tensors of a LayerNorm: {layer} is read as the latter.";
        if (Of("Conv1d") is { } convolution)
            yield return $"It does not say the stride of {convolution}: 1 is written.";

        string? Of(params string[] kinds)
        {
            string[] titles = [.. chain.Where(reading => kinds.Contains(reading.Kind)).Select(reading => reading.Module.Title)];
            return titles.Length == 0 ? null : string.Join(", ", titles);
        }
    }
}
