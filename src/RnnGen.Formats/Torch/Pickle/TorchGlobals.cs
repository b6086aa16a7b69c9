namespace RnnGen.Formats.Torch;

/// <summary>The classes and functions that a state dict may name, and what becomes of a call. All others are refused by name, for a pickle can name any.</summary>
internal static class TorchGlobals
{
    // Numbers whose tensors are only skipped, and other kinds that have no place in a network's weights, are known too: optimizers keep such.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "builtins.dict", "__builtin__.dict", "builtins.set", "__builtin__.set", "_codecs.encode",
        "torch.Size", "torch.device", "torch.Tensor", "torch.nn.parameter.Parameter", "torch.serialization._get_layout",
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
        "torch.float32", "torch.float64", "torch.float16", "torch.bfloat16", "torch.int64", "torch.int32", "torch.int16", "torch.int8", "torch.uint8", "torch.bool",
    };

    /// <summary>A name that a pickle has.</summary>
    /// <exception cref="FormatException">It is none of the list.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        string full = $"{module}.{name}";
        return Known.Contains(full) || TorchElement.OfStorage(full) is not null
            ? new PickleGlobal(full)
            : throw new FormatException(
                $"expected tensors and plain containers, got an object of {Text.Quote(full)}, which is not loaded, because that would run code; " +
                "save a state dict alone: torch.save(model.state_dict(), path)");
    }

    /// <summary>What a call gives.</summary>
    /// <exception cref="FormatException">Nothing that a state dict has.</exception>
    public static object? Call(PickleGlobal function, IReadOnlyList<object?> arguments) => function.Name switch
    {
        "collections.OrderedDict" or "collections.defaultdict" or "collections.Counter" or "builtins.dict" or "__builtin__.dict" => Dictionary(function, arguments),
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" => TorchTensor.Of(arguments),
        "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state" => arguments is [TorchTensor tensor, ..]
            ? tensor
            : throw new FormatException("expected a parameter's tensor, got something else"),
        "torch.Size" => arguments is [PickleTuple sizes] ? sizes : throw new FormatException("expected sizes, got something else"),
        "torch.device" or "builtins.set" or "__builtin__.set" or "_codecs.encode" or "torch.serialization._get_layout" => new PickleOpaque(function.Name),
        _ => throw new FormatException($"expected a function that makes a tensor or a container, got {Text.Quote(function.Name)}"),
    };

    /// <summary>A dictionary whose items follow; what a counter or a default is made of, no one asks for.</summary>
    private static PickleDictionary Dictionary(PickleGlobal function, IReadOnlyList<object?> arguments) => arguments.Count == 0 || function.Name != "collections.OrderedDict"
        ? new PickleDictionary()
        : throw new FormatException("expected an OrderedDict whose items follow it, got one of arguments");
}
