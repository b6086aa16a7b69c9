namespace RnnGen.Runtime;

/// <summary>
/// Finds the tensors of a PyTorch <c>state_dict</c> that belong to a network's layers. Modules may have any names: a module and a layer belong together when they
/// have the same tensors in the same shapes. Several alike are told apart by a layer that is named after the module, or by their order, as far as the names say it:
/// the layers of one recurrent module (<c>_l0</c>, <c>_l1</c>) and the numbered modules of a <c>Sequential</c>. Nothing else is guessed.
/// </summary>
internal static class TorchNames
{
    private const int Named = 8;

    /// <summary>The tensors by the names of parameters; null where the file's names are not PyTorch's, or are the network's own.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="architecture">What the network computes; empty where that is of no interest.</param>
    /// <param name="tensors">The file's.</param>
    /// <exception cref="FormatException">Modules and layers do not fit, or fit in several ways; the message lists them.</exception>
    public static Dictionary<string, SafetensorsTensor>? Match(ParameterCollection parameters, string architecture, IReadOnlyList<SafetensorsTensor> tensors)
    {
        if (tensors.Count == 0 || (tensors.Any(tensor => parameters.Contains(tensor.Name)) && !tensors.Any(tensor => TorchName.IsOfRecurrent(tensor.Name))))
            return null;
        TorchModule[] modules = TorchModule.Of(tensors);
        if (modules.Length == 0)
            return null;
        List<Layer> layers = [.. parameters.Layout.Layers.Select(layer => Layer.Of(layer.Name, parameters)).Where(layer => layer.Shapes.Count > 0)];
        var found = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        List<Layer> alone = [];
        List<TorchModule> left = [.. modules];
        foreach (var alike in layers.GroupBy(layer => layer.Signature, StringComparer.Ordinal))
        {
            Layer[] members = [.. alike];
            TorchModule[] candidates = [.. modules.Where(module => module.Signature == alike.Key)];
            if (members.Length != candidates.Length)
            {
                alone.AddRange(members);
                continue;
            }

            foreach (var (layer, module) in Pair(members, candidates))
                foreach (var (suffix, tensor) in module.Tensors)
                    found.Add(layer.Name + "." + suffix, tensor);
            left.RemoveAll(candidates.Contains);
        }

        if (alone.Count + left.Count > 0)
            throw new FormatException(
                $"the file has PyTorch's names, and its modules are not this network's layers: expected {List(alone.Select(layer => layer.ToString()))}, " +
                $"got {List(left.Select(module => module.ToString()))}");
        CheckMeaning(architecture);
        return found;
    }

    /// <summary>Refuses a network whose layers have the shapes of PyTorch's and compute something that no module of PyTorch does.</summary>
    private static void CheckMeaning(string architecture)
    {
        if (architecture.Contains("Reset = BeforeProduct", StringComparison.Ordinal))
            throw new FormatException(
                "the file has PyTorch's names, and PyTorch's GRU resets after the product: expected weights of a network with Reset = ResetGate.AfterProduct; " +
                "LoadOptions.IgnoreArchitecture accepts them anyway");
    }

    private static IEnumerable<(Layer Layer, TorchModule Module)> Pair(Layer[] layers, TorchModule[] modules)
    {
        (Layer Layer, TorchModule Module)[] named =
        [
            .. layers.Select(layer => (layer, Array.FindAll(modules, module => module.IsNamed(layer.Name)))).Where(pair => pair.Item2.Length == 1)
                .Select(pair => (pair.layer, pair.Item2[0])),
        ];
        Layer[] layersLeft = [.. layers.Except(named.Select(pair => pair.Layer))];
        TorchModule[] left = [.. modules.Except(named.Select(pair => pair.Module))];
        Array.Sort(left, (one, other) => TorchModule.Order(one, other) ?? 0);
        for (int index = 1; index < left.Length; index++)
            if (!(TorchModule.Order(left[index - 1], left[index]) < 0))
                throw new FormatException(
                    $"the file has PyTorch's names, and several of its modules fit the same layers: expected an order among {List(left.Select(module => module.Path))}, " +
                    $"got none for {List(layersLeft.Select(layer => layer.Name))}; name the layers after the modules (Name = \"{left[0].LastName}\")");
        return named.Concat(layersLeft.Zip(left));
    }

    private static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length == 0 ? "nothing" : SafetensorsError.Shorten(string.Join(", ", all.Take(Named)), 400) + (all.Length > Named ? ", ..." : "");
    }

    /// <summary>A layer that has parameters.</summary>
    private sealed record Layer(string Name, IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes)
    {
        public string Signature { get; } = TorchModule.Sign(Shapes);

        public static Layer Of(string name, ParameterCollection parameters)
        {
            string prefix = name + ".";
            return new Layer(name, parameters.Where(parameter => parameter.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(
                parameter => parameter.Name[prefix.Length..], IReadOnlyList<long> (parameter) => [.. parameter.Shape.Select(size => (long)size)]));
        }

        public override string ToString() => $"{Name} ({Signature})";
    }
}
