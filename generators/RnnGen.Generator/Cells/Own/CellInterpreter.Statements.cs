using RnnGen.Generator.Cells.Vocabulary;

namespace RnnGen.Generator.Cells.Own;

/// <content>Statements.</content>
internal sealed partial class CellInterpreter
{
    private End Execute(CellNode node)
    {
        _at = node;
        Count();
        switch (node.Kind)
        {
            case NodeKind.Block:
                return Inner(() => Execute(node.Children));
            case NodeKind.Local:
                Declare(node, node.Children.Count > 0 ? Evaluate(node.Children[0]) : null);
                return default;
            case NodeKind.Deconstruct:
                Deconstruct(node);
                return default;
            case NodeKind.If:
                return Truth(node.Children[0]) ? Execute(node.Children[1]) : node.Children.Count > 2 ? Execute(node.Children[2]) : default;
            case NodeKind.For:
                return Inner(() => For(node));
            case NodeKind.While:
                return Loop(node, () => Truth(node.Children[0]), node.Children[1], () => { });
            case NodeKind.Do:
                bool first = true;
                return Loop(node, () => first || Truth(node.Children[1]), node.Children[0], () => first = false);
            case NodeKind.ForEach:
                return Inner(() => ForEach(node));
            case NodeKind.Switch:
                return Switch(node);
            case NodeKind.Return:
                return new End(EndKind.Return, node.Children.Count > 0 ? Evaluate(node.Children[0]) : null);
            case NodeKind.Break:
                return new End(EndKind.Break);
            case NodeKind.Continue:
                return new End(EndKind.Continue);
            default:
                Evaluate(node);
                return default;
        }
    }

    private End Execute(IEnumerable<CellNode> statements)
    {
        foreach (var statement in statements)
            if (Execute(statement) is { Kind: not EndKind.Next } end)
                return end;
        return default;
    }

    private End Inner(Func<End> execute)
    {
        var outer = _scope;
        _scope = new Scope(outer);
        var end = execute();
        _scope = outer;
        return end;
    }

    private End For(CellNode node)
    {
        Execute(node.Children[0].Children);
        return Loop(node, () => Truth(node.Children[1]), node.Children[3], () => Execute(node.Children[2].Children));
    }

    private End Loop(CellNode loop, Func<bool> goesOn, CellNode body, Action last)
    {
        var (outer, end) = (_loop, default(End));
        for (_loop = loop; goesOn(); Count())
        {
            end = Execute(body);
            if (end.Kind is EndKind.Return or EndKind.Break)
                break;
            last();
        }

        _loop = outer;
        return end.Kind == EndKind.Return ? end : default;
    }

    private End ForEach(CellNode node)
    {
        foreach (object? item in Array(node.Children[0]))
        {
            _scope = new Scope(_scope);
            _scope.Declare(node.Text, item);
            var end = Execute(node.Children[1]);
            _scope = _scope.Outer!;
            if (end.Kind == EndKind.Return)
                return end;
            if (end.Kind == EndKind.Break)
                break;
        }

        return default;
    }

    private End Switch(CellNode node)
    {
        object? value = Evaluate(node.Children[0]);
        foreach (var section in node.Children.Skip(1))
            if (section.Children.Take(section.Children.Count - 1).Any(pattern => Matches(value, pattern)))
                return Inner(() => Execute(section.Children[section.Children.Count - 1])) is { Kind: EndKind.Return or EndKind.Continue } end ? end : default;
        return default;
    }

    private void Declare(CellNode local, object? value) => _scope.Declare(local.Text, Named(local.Text, value));

    private void Deconstruct(CellNode node)
    {
        var values = Array(node.Children[node.Children.Count - 1]);
        for (int index = 0; index < node.Children.Count - 1; index++)
            if (node.Children[index] is { Kind: NodeKind.Local } local)
                Declare(local, values[index]);
            else if (node.Children[index] is { Kind: NodeKind.Name } name)
                _scope[name.Text] = Named(name.Text, values[index]);
    }

    /// <summary>A vector takes the name of the variable that holds it.</summary>
    private object? Named(string name, object? value) => value is VectorValue vector ? _recorder!.Named(name, vector) : value;

    private bool Matches(object? value, CellNode pattern) => pattern.Kind switch
    {
        NodeKind.Any => true,
        NodeKind.Equal => Numbers.AreEqual(value, Evaluate(pattern.Children[0])),
        NodeKind.Compare => (bool)Numbers.Binary(pattern.Text, value, Evaluate(pattern.Children[0]), Refuse)!,
        NodeKind.Not => !Matches(value, pattern.Children[0]),
        NodeKind.Either => Matches(value, pattern.Children[0]) || Matches(value, pattern.Children[1]),
        NodeKind.Both => Matches(value, pattern.Children[0]) && Matches(value, pattern.Children[1]),
        _ => throw Refuse("there is a pattern of another kind", "compare with constants"),
    };
}
