using System.Globalization;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Own;

/// <content>The words of the vocabulary. Arguments stand in the order of parameters, all of them.</content>
internal sealed partial class CellInterpreter
{
    private object? Word(CellNode node)
    {
        var arguments = node.Children.Select(Evaluate).ToList();
        var recorder = _recorder ?? throw Refuse($"{node.Text} is called outside Define", "call it there");
        return node.Text switch
        {
            "State" => State(Text(0)),
            "Next" => recorder.Next(V(0), V(1)),
            "Output" => Done(() => recorder.Output(V(0))),
            "GateOrder" => Done(() => recorder.GateOrder(((object?[])arguments[0]!).Cast<string>().ToList())),
            "Gate" => recorder.Gate(Text(0), V(1), arguments.Count > 2 ? V(2) : null),
            "InputGate" => recorder.Part(Text(0), V(1), isOfState: false),
            "StateGate" => recorder.Part(Text(0), V(1), isOfState: true),
            "Product" => recorder.Product(Text(0), V(1), WholeOr(2, Units), Flag(3)),
            "Weight" => recorder.Weight(Text(0), Number(1), WholeOr(2, Units), WholeOr(3, 1), Flag(4)),
            "Scalar" => recorder.Scalar(Text(0), Number(1) ?? 0, Flag(2)),
            "Feature" => recorder.Feature(WholeOr(0, 0)),
            "Mean" => recorder.Mean(V(0)),
            "Clamp" => recorder.Unary(V(0), element => new Apply(Function.Clamp(Number(1) ?? 0, Number(2) ?? 0), element)),
            "Select" => recorder.Select((ConditionValue)arguments[0]!, V(1), V(2)),
            "Activate" => Activate(),
            _ => recorder.Function(node.Text, arguments.Select(Vector).ToList()),
        };

        VectorValue V(int index) => Vector(arguments[index]);
        string Text(int index) => arguments[index] as string ?? throw Refuse("a name is not known at compile time", "write it as a literal, or build it from constants and options");
        int WholeOr(int index, int byDefault) => arguments[index] is int whole ? whole : byDefault;
        bool Flag(int index) => arguments[index] is not false;
        float? Number(int index) => arguments[index] is { } number ? Convert.ToSingle(number, CultureInfo.InvariantCulture) : null;

        VectorValue State(string name)
        {
            if (!_states.ContainsKey(name))
                _states.Add(name, node);
            return recorder.State(name, WholeOr(1, Units));
        }

        object Activate()
        {
            string name = arguments[0] is EnumValue activation ? activation.Name : throw Refuse("the activation is not known at compile time", "write a member of Activation, or an option of that type");
            var row = ActivationKind.Find(name) is { } found && name != ActivationKind.Softmax ? found : throw Refuse($"Activate cannot apply {name}, which takes all units together", "choose another activation; a softmax stands in a [Dense] at the end of the network");
            return recorder.Activate(row, V(1), Given(2), Given(3));
        }

        float? Given(int index) => Number(index) is { } number && !float.IsNaN(number) ? number : null;

        static object? Done(Action act)
        {
            act();
            return null;
        }
    }
}
