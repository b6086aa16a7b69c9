using RnnGen.Cli.Verification;
using RnnGen.Formats.Onnx;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Computes ONNX graphs node by node in double precision, as the operators' text says: what an import that recognises layers is compared with.</summary>
internal sealed class GraphInterpreter
{
    private readonly OnnxModel _model;

    private GraphInterpreter(byte[] file) => _model = OnnxModelReader.Read(file);

    /// <summary>Compares a graph that is one step, whose states go in and out in one order, with what was imported of it.</summary>
    public static void AssertAgrees(byte[] file, ModelDescription model, Func<float[], float[]> run, int steps = 6, double tolerance = 1e-6)
    {
        var graph = new GraphInterpreter(file);
        OnnxValue[] inputs = [.. graph._model.Graph.Inputs.Where(input => !graph._model.Graph.Initializers.ContainsKey(input.Name))];
        float[] input = RandomInputs.Of(model, steps, 3);
        Dictionary<string, Array> states = inputs.Skip(1).ToDictionary(state => state.Name, state => new Array([.. state.Shape!.Select(size => size ?? 1)]));
        List<double> expected = [];
        for (int step = 0; step < steps; step++)
        {
            var x = new Array([.. inputs[0].Shape!.Select(size => size ?? 1)], Enumerable.Range(0, model.InputSize).Select(at => (double)input[(step * model.InputSize) + at]));
            Dictionary<string, Array> values = graph.Run(new(states) { [inputs[0].Name] = x });
            expected.AddRange(values[graph._model.Graph.Outputs[0].Name].Values);
            for (int state = 1; state < inputs.Length; state++)
                states[inputs[state].Name] = values[graph._model.Graph.Outputs[state].Name];
        }

        ModelVerifier.Compare("the graph", [.. expected], run(input), tolerance);
    }

    /// <summary>The same with the evaluator.</summary>
    public static void AssertAgrees(byte[] file, ModelDescription model) =>
        AssertAgrees(file, model, input => System.Array.ConvertAll(new ModelEvaluator(model).Run(input), value => (float)value));

    private Dictionary<string, Array> Run(Dictionary<string, Array> values)
    {
        foreach (OnnxTensor tensor in _model.Graph.Initializers.Values)
            values[tensor.Name] = new Array([.. tensor.Shape], tensor.Values());
        foreach (OnnxNode node in _model.Graph.Nodes)
        {
            Array[] inputs = [.. node.Inputs.Select(name => values[name])];
            Array[] outputs = Compute(node, inputs);
            for (int index = 0; index < outputs.Length; index++)
                values[node.Outputs[index]] = outputs[index];
        }

        return values;
    }

    private static Array[] Compute(OnnxNode node, Array[] x)
    {
        long Integer(string name, long unlessSet) => node.Attributes.TryGetValue(name, out OnnxAttribute? found) ? found.Integer : unlessSet;
        int[] List(string name, int input) => x.Length > input ? [.. x[input].Values.Select(value => (int)Math.Min(value, int.MaxValue))] : [.. node.Attributes[name].Integers.Select(value => (int)value)];
        switch (node.Operator)
        {
            case "Add": return [x[0].With(x[1], (a, b) => a + b)];
            case "Sub": return [x[0].With(x[1], (a, b) => a - b)];
            case "Mul": return [x[0].With(x[1], (a, b) => a * b)];
            case "Div": return [x[0].With(x[1], (a, b) => a / b)];
            case "Sigmoid": return [x[0].Map(value => 1 / (1 + Math.Exp(-value)))];
            case "Tanh": return [x[0].Map(Math.Tanh)];
            case "Relu": return [x[0].Map(value => Math.Max(value, 0))];
            case "Clip": return [x[0].Map(value => Math.Clamp(value, x[1].Values[0], x[2].Values[0]))];
            case "Sqrt": return [x[0].Map(Math.Sqrt)];
            case "Pad" or "Identity": return [x[0]];
            case "MatMul": return [x[0].Times(x[1])];
            case "Gemm": return [x[0].Times(Integer("transB", 0) != 0 ? x[1].Transposed([1, 0]) : x[1]).With(x[2], (a, b) => a + b)];
            case "Conv": // one tap: a product over channels
                Array kernel = x[1].Reshaped([x[1].Shape[0], x[1].Shape[1]]).Transposed([1, 0]);
                return [x[0].Transposed([0, 2, 1]).Times(kernel).Transposed([0, 2, 1])];
            case "Transpose": return [x[0].Transposed([.. node.Attributes["perm"].Integers.Select(axis => (int)axis)])];
            case "Reshape": return [x[0].Reshaped(List("shape", 1))];
            case "Squeeze":
                int[] removed = [.. List("axes", 1).Select(axis => axis < 0 ? axis + x[0].Shape.Length : axis)];
                return [x[0].Reshaped([.. x[0].Shape.Where((_, axis) => !removed.Contains(axis))])];
            case "Unsqueeze":
                List<int> shape = [.. x[0].Shape];
                foreach (int axis in List("axes", 1))
                    shape.Insert(axis < 0 ? axis + shape.Count + 1 : axis, 1);
                return [x[0].Reshaped([.. shape])];
            case "ReduceMean":
                return [x[0].MeanOfLast()];
            case "Concat": return [Array.Joined(x, (int)Integer("axis", 0))];
            case "Split":
                int along = (int)Integer("axis", 0), parts = node.Outputs.Count, size = x[0].Shape[(along + x[0].Shape.Length) % x[0].Shape.Length] / parts;
                return [.. Enumerable.Range(0, parts).Select(part => x[0].Slice(along, part * size, (part + 1) * size))];
            case "Slice":
                Array sliced = x[0];
                foreach ((int start, int end, int axis) in List("", 1).Zip(List("", 2), List("", 3)))
                    sliced = sliced.Slice(axis, start, end);
                return [sliced];
            default: throw new NotSupportedException(node.Operator);
        }
    }

    /// <summary>An array, row-major.</summary>
    private sealed class Array
    {
        public Array(int[] shape, IEnumerable<double>? values = null) => (Shape, Values) = (shape, values is null ? new double[Product(shape)] : [.. values]);

        public int[] Shape { get; }

        public double[] Values { get; }

        public Array Map(Func<double, double> function) => new(Shape, Values.Select(function));

        public Array Reshaped(int[] shape)
        {
            int known = Product([.. shape.Where(size => size > 0)]);
            int[] full = [.. shape.Select(size => size < 0 ? Values.Length / known : size)];
            Assert.Equal(Values.Length, Product(full));
            return new(full, Values);
        }

        public Array With(Array other, Func<double, double, double> function)
        {
            int rank = Math.Max(Shape.Length, other.Shape.Length);
            int[] one = [.. Enumerable.Repeat(1, rank - Shape.Length), .. Shape], two = [.. Enumerable.Repeat(1, rank - other.Shape.Length), .. other.Shape];
            int[] shape = [.. one.Zip(two, Math.Max)];
            return new(shape, Places(shape).Select(at => function(Values[Place(at, one)], other.Values[Place(at, two)])));
        }

        public Array Transposed(int[] order)
        {
            int[] shape = [.. order.Select(axis => Shape[axis])], inverse = [.. Enumerable.Range(0, order.Length).Select(axis => System.Array.IndexOf(order, axis))];
            return new(shape, Places(shape).Select(at => Values[Place(System.Array.ConvertAll(inverse, axis => at[axis]), Shape)]));
        }

        public Array Times(Array matrix)
        {
            (int inner, int columns) = (matrix.Shape[^2], matrix.Shape[^1]);
            double[] products = new double[Values.Length / inner * columns];
            for (int row = 0; row < Values.Length / inner; row++)
                for (int index = 0; index < inner; index++)
                    for (int column = 0; column < columns; column++)
                        products[(row * columns) + column] += Values[(row * inner) + index] * matrix.Values[(index * columns) + column];
            return new([.. Shape[..^1], columns], products);
        }

        public Array MeanOfLast() => new([.. Shape[..^1], 1], Values.Chunk(Shape[^1]).Select(row => row.Average()));

        public Array Slice(int axis, int start, int end)
        {
            axis = (axis + Shape.Length) % Shape.Length;
            end = Math.Min(end, Shape[axis]);
            int[] shape = [.. Shape];
            shape[axis] = end - start;
            return new(shape, Places(shape).Select(at => Values[Place([.. at.Select((place, other) => other == axis ? place + start : place)], Shape)]));
        }

        public static Array Joined(Array[] parts, int axis)
        {
            axis = (axis + parts[0].Shape.Length) % parts[0].Shape.Length;
            int[] shape = [.. parts[0].Shape];
            shape[axis] = parts.Sum(part => part.Shape[axis]);
            return new(shape, Places(shape).Select(at =>
            {
                int part = 0, place = at[axis];
                while (place >= parts[part].Shape[axis])
                    place -= parts[part++].Shape[axis];
                return parts[part].Values[Place([.. at.Select((other, index) => index == axis ? place : other)], parts[part].Shape)];
            }));
        }

        private static int Product(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

        private static int Place(int[] at, int[] shape)
        {
            int place = 0;
            for (int axis = 0; axis < at.Length; axis++)
                place = (place * shape[axis]) + (shape[axis] == 1 ? 0 : at[axis]);
            return place;
        }

        private static IEnumerable<int[]> Places(int[] shape) => Enumerable.Range(0, Product(shape)).Select(place =>
        {
            int[] at = new int[shape.Length];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
                (place, at[axis]) = Math.DivRem(place, shape[axis]);
            return at;
        });
    }
}
