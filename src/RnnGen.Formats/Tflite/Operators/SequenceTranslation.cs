namespace RnnGen.Formats.Tflite;

/// <summary>The operators that are whole recurrent layers: their options, and which input is what.</summary>
internal static class SequenceTranslation
{
    /// <summary>Inputs of one direction of an LSTM beside what it reads: weights, recurrent weights, peepholes, biases, projection.</summary>
    public const int LstmInputs = 17;

    private const int FirstState = 18, FirstNorm = 20, LastNorm = 23;

    private const int FirstStateOfBoth = 35, LastStateOfBoth = 38, LastOfBoth = 47;

    public static void Lstm(OperatorTranslation item)
    {
        if (item.Byte(5) != 0)
            throw item.Refuse("its recurrent weights are diagonal, which no layer has");
        for (int input = FirstNorm; input <= LastNorm; input++)
            if (item.Has(input))
                throw item.Refuse("it normalises its gates with a different constant (1e-8) from RnnGen's (1e-5)");
        ExpectStates(item, FirstState, FirstState + 1);
        Sequence(item, LstmInputs, 1, activation: 0, timeMajor: item.Byte(3), cellClip: item.Float(1), projectionClip: item.Float(2), outputs: 1);
    }

    public static void BidirectionalLstm(OperatorTranslation item)
    {
        ExpectStates(item, FirstStateOfBoth, LastStateOfBoth);
        RefuseMore(item, LastStateOfBoth + 1, LastOfBoth);
        // Files of the first version have no option, and time first.
        Sequence(item, LstmInputs, 2, activation: 0, timeMajor: item.Byte(4, 1), cellClip: item.Float(1), projectionClip: item.Float(2), outputs: item.Byte(3) != 0 ? 1 : 2);
    }

    public static void Rnn(OperatorTranslation item)
    {
        ExpectStates(item, 4, 4);
        Sequence(item, 3, 1, activation: 1, timeMajor: item.Byte(0), 0, 0, outputs: 1);
    }

    public static void BidirectionalRnn(OperatorTranslation item)
    {
        ExpectStates(item, 4, 4);
        ExpectStates(item, 8, 8);
        RefuseMore(item, 9, 11);
        string[] inputs = [item.Input(0), .. Enumerable.Range(1, 3).Concat(Enumerable.Range(5, 3)).Select(item.Input)];
        Sequence(item, inputs, activation: 1, timeMajor: item.Byte(0), 0, 0, outputs: item.Byte(2) != 0 ? 1 : 2);
    }

    private static void Sequence(OperatorTranslation item, int inputs, int directions, int activation, byte timeMajor, float cellClip, float projectionClip, int outputs) =>
        Sequence(item, [.. Enumerable.Range(0, 1 + (directions * inputs)).Select(item.Input)], activation, timeMajor, cellClip, projectionClip, outputs);

    private static void Sequence(OperatorTranslation item, string[] inputs, int activation, byte timeMajor, float cellClip, float projectionClip, int outputs)
    {
        (string, object)[] attributes =
        [
            (SequenceOperators.Function, (long)item.Byte(activation)),
            (SequenceOperators.TimeMajor, (long)timeMajor),
            (SequenceOperators.CellClip, cellClip),
            (SequenceOperators.ProjectionClip, projectionClip),
        ];
        item.Give(item.AddOwn(item.Item.Kind, outputs, inputs, attributes));
    }

    /// <summary>States are variables, which begin with zero.</summary>
    private static void ExpectStates(OperatorTranslation item, int first, int last)
    {
        for (int input = first; input <= last; input++)
        {
            if (item.Tensor(input) is not { IsVariable: true, Data: null })
                throw item.Refuse($"its state {Text.Quote(item.Input(input))} is not a variable that starts at zero");
            if (!item.ReadsAlone(input))
                throw item.Refuse($"it shares its state {Text.Quote(item.Input(input))} with another operator, expected one of its own");
        }
    }

    private static void RefuseMore(OperatorTranslation item, int first, int last)
    {
        for (int input = first; input <= last; input++)
            if (item.Has(input))
                throw item.Refuse($"it has a second input {Text.Quote(item.Input(input))}, expected none");
    }
}
