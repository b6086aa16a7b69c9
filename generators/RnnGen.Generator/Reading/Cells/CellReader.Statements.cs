using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using RnnGen.Generator.Cells.Own;

namespace RnnGen.Generator.Reading.Cells;

/// <content>Statements and patterns.</content>
internal sealed partial class CellReader
{
    private static CellNode Nothing => new(NodeKind.Block, "");

    private CellNode Statement(IOperation operation) => operation switch
    {
        IBlockOperation block => Node(block, NodeKind.Block, "", block.Operations.SelectMany(Statements).ToList()),
        IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation tuple } => Deconstruct(tuple),
        IExpressionStatementOperation expression => Value(expression.Operation),
        IConditionalOperation choice => Node(choice, NodeKind.If, "",
            [Value(choice.Condition), Statement(choice.WhenTrue), .. choice.WhenFalse is { } otherwise ? [Statement(otherwise)] : new CellNode[0]]),
        IForLoopOperation loop => Node(loop, NodeKind.For, "",
            Sequence(loop.Before), loop.Condition is { } condition ? Value(condition) : new CellNode(NodeKind.Bool, "true"), Sequence(loop.AtLoopBottom), Statement(loop.Body)),
        IForEachLoopOperation loop => ForEach(loop),
        IWhileLoopOperation { Condition: { } condition } loop => loop.ConditionIsTop
            ? Node(loop, NodeKind.While, "", Value(condition), Statement(loop.Body))
            : Node(loop, NodeKind.Do, "", Statement(loop.Body), Value(condition)),
        ISwitchOperation choice => Node(choice, NodeKind.Switch, "", [Value(choice.Value), .. choice.Cases.Where(HasCases).Select(Section), .. choice.Cases.Where(HasDefault).Select(Default)]),
        IReturnOperation result => Node(result, NodeKind.Return, "", result.ReturnedValue is { } value ? [Value(value)] : []),
        IBranchOperation { BranchKind: BranchKind.Break } branch => Node(branch, NodeKind.Break, ""),
        IBranchOperation { BranchKind: BranchKind.Continue } branch => Node(branch, NodeKind.Continue, ""),
        IThrowOperation thrown => Throw(thrown),
        ILabeledOperation { Operation: { } labelled } => Statement(labelled),
        IEmptyOperation or ILabeledOperation => Nothing,
        IBranchOperation => Problem(operation, "has a goto", "write a loop or an if"),
        ILocalFunctionOperation => Problem(operation, "has a local function", "write a private method"),
        ITryOperation => Problem(operation, "has a try", "leave it out: equations throw nothing"),
        IUsingOperation or ILockOperation or IUsingDeclarationOperation => Problem(operation, "has a using or a lock", "leave it out"),
        _ => Problem(operation, "has a statement that cannot be evaluated at compile time", "write assignments, if, switch and loops"),
    };

    private CellNode Sequence(IEnumerable<IOperation> operations) => new(NodeKind.Block, "", operations.SelectMany(Statements).ToList());

    private IEnumerable<CellNode> Statements(IOperation operation) => operation is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(Local)
        : [Statement(operation)];

    private CellNode Local(IVariableDeclaratorOperation local) =>
        Node(local, NodeKind.Local, local.Symbol.Name, local.GetVariableInitializer() is { } initial ? [Value(initial.Value)] : []);

    private CellNode ForEach(IForEachLoopOperation loop)
    {
        if (loop.LoopControlVariable is not IVariableDeclaratorOperation variable)
            return Problem(loop, "has a foreach that deconstructs its items", "name one variable");
        var collection = loop.Collection is IConversionOperation conversion ? conversion.Operand : loop.Collection;
        return collection.Type is IArrayTypeSymbol
            ? Node(loop, NodeKind.ForEach, variable.Symbol.Name, Value(collection), Statement(loop.Body))
            : Problem(collection, "has a foreach over something that is not an array", "loop over an array, or count");
    }

    private CellNode Deconstruct(IDeconstructionAssignmentOperation tuple)
    {
        var targets = tuple.Target is IDeclarationExpressionOperation { Expression: ITupleOperation declared } ? declared : tuple.Target as ITupleOperation;
        return targets is null
            ? Problem(tuple, "deconstructs something that is not a tuple", "name each variable")
            : Node(tuple, NodeKind.Deconstruct, "", [.. targets.Elements.Select(Target), Value(tuple.Value)]);
    }

    private CellNode Target(IOperation element) => element switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => Node(element, NodeKind.Local, declared.Local.Name),
        ILocalReferenceOperation { IsDeclaration: true } declared => Node(element, NodeKind.Local, declared.Local.Name),
        ILocalReferenceOperation local => Node(element, NodeKind.Name, local.Local.Name),
        IDiscardOperation => new CellNode(NodeKind.Any, ""),
        _ => Problem(element, "deconstructs a tuple into something that is not a variable", "name variables"),
    };

    private CellNode Section(ISwitchCaseOperation section)
    {
        var patterns = section.Clauses.Where(clause => clause is not IDefaultCaseClauseOperation).Select(clause => clause switch
        {
            ISingleValueCaseClauseOperation { Value: { } value } => Node(clause, NodeKind.Equal, "", Value(value)),
            IPatternCaseClauseOperation { Guard: null } pattern => Pattern(pattern.Pattern),
            _ => Problem(clause, "has a case with a condition", "write an if"),
        });
        return Node(section, NodeKind.Case, "", [.. patterns, Sequence(section.Body)]);
    }

    /// <summary>What is done where no case has the value; it stands last, wherever it is written.</summary>
    private CellNode Default(ISwitchCaseOperation section) => Node(section, NodeKind.Case, "", new CellNode(NodeKind.Any, ""), Sequence(section.Body));

    private static bool HasDefault(ISwitchCaseOperation section) => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation);

    private static bool HasCases(ISwitchCaseOperation section) => section.Clauses.Any(clause => clause is not IDefaultCaseClauseOperation);

    private CellNode Pattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => Node(pattern, NodeKind.Equal, "", Value(constant.Value)),
        IDiscardPatternOperation => new CellNode(NodeKind.Any, ""),
        INegatedPatternOperation negated => Node(pattern, NodeKind.Not, "", Pattern(negated.Pattern)),
        IRelationalPatternOperation relation => Node(pattern, NodeKind.Compare, Symbol(relation.OperatorKind), Value(relation.Value)),
        IBinaryPatternOperation both => Node(
            pattern, both.OperatorKind == BinaryOperatorKind.Or ? NodeKind.Either : NodeKind.Both, "", Pattern(both.LeftPattern), Pattern(both.RightPattern)),
        _ => Problem(pattern, "has a pattern that is not a comparison with constants", "compare with constants"),
    };

    /// <summary>The author's own refusal of options: its message is shown.</summary>
    private CellNode Throw(IThrowOperation thrown)
    {
        var exception = thrown.Exception is IConversionOperation conversion ? conversion.Operand : thrown.Exception;
        var message = (exception as IObjectCreationOperation)?.Arguments.Select(argument => argument.Value).FirstOrDefault(value => value.Type?.SpecialType == SpecialType.System_String);
        return Node(thrown, NodeKind.Throw, "", message is null ? new CellNode(NodeKind.String, exception?.Type?.Name ?? "") : Value(message));
    }
}
