using RnnGen.Formats.Tflite;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>Writes TensorFlow Lite files: tensors, which operators name by their places, and operators by their numbers in the schema.</summary>
internal sealed class TfliteWriter
{
    private readonly List<FlatFields> _tensors = [], _buffers = [new()], _operators = [], _codes = [];

    /// <summary>A tensor that is computed, an input, or a state.</summary>
    public int Tensor(string name, int[] shape, TfliteType type = TfliteType.Float32, bool isVariable = false, int[]? signature = null)
    {
        FlatFields tensor = new() { [0] = shape, [1] = (byte)type, [3] = name };
        if (isVariable)
            tensor[5] = (byte)1;
        if (signature is not null)
            tensor[7] = signature;
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    public int State(string name, params int[] shape) => Tensor(name, shape, isVariable: true);

    public int Weights(string name, int[] shape, float[] values) => Constant(name, shape, TfliteType.Float32, [.. values.SelectMany(BitConverter.GetBytes)]);

    public int Integers(string name, params int[] values) => Constant(name, [values.Length], TfliteType.Int32, [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>A constant; integers with scales where there are some.</summary>
    public int Constant(string name, int[] shape, TfliteType type, byte[] bytes, float[]? scales = null, long[]? zeros = null, int axis = 0)
    {
        int tensor = Tensor(name, shape, type);
        _buffers.Add(new() { [0] = bytes });
        _tensors[tensor][2] = _buffers.Count - 1;
        if (scales is not null)
            Scale(tensor, scales, zeros ?? new long[scales.Length], axis);
        return tensor;
    }

    public void Scale(int tensor, float[] scales, long[] zeros, int axis = 0) => _tensors[tensor][4] = new FlatFields { [2] = scales, [3] = zeros, [6] = axis };

    /// <summary>Any field of a tensor.</summary>
    public void Set(int tensor, int field, object value) => _tensors[tensor][field] = value;

    /// <summary>An operator.</summary>
    /// <param name="code">Its number.</param>
    /// <param name="inputs">Its inputs; −1 for none.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="optionsType">Which table of options it has.</param>
    /// <param name="options">Those options.</param>
    /// <param name="custom">The name of one that a program brings itself.</param>
    public TfliteWriter Operator(int code, int[] inputs, int[] outputs, int optionsType = 0, FlatFields? options = null, string custom = "")
    {
        FlatFields entry = new() { [0] = (byte)Math.Min(code, 127), [3] = code };
        if (custom.Length > 0)
            entry[1] = custom;
        _codes.Add(entry);
        FlatFields item = new() { [0] = _codes.Count - 1, [1] = inputs, [2] = outputs };
        if (options is not null)
            (item[3], item[4]) = ((byte)optionsType, options);
        _operators.Add(item);
        return this;
    }

    /// <summary>Other inputs and options of the last operator.</summary>
    public TfliteWriter Change(int[] inputs, FlatFields options)
    {
        (_operators[^1][1], _operators[^1][4]) = (inputs, options);
        return this;
    }

    public byte[] Bytes(int[] inputs, int[] outputs) => FlatWriter.Write(
        new()
        {
            [0] = 3,
            [1] = _codes.ToArray(),
            [2] = new FlatFields[] { new() { [0] = _tensors.ToArray(), [1] = inputs, [2] = outputs, [3] = _operators.ToArray(), [4] = "main" } },
            [3] = "a test",
            [4] = _buffers.ToArray(),
        },
        "TFL3");

    public ModelFile File(int[] inputs, int[] outputs) => new("a test", Bytes(inputs, outputs));
}
